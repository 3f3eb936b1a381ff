using System.Text;

namespace Report12350.Confidentiality;

/// <summary>Where a sealed value belongs (密文位置): it opens in this table, column and row and nowhere else.</summary>
public readonly record struct Place(string Table, string Column, string Row)
{
    internal byte[] AssociatedData(byte suite)
    {
        var name = $"{Table}\0{Column}\0{Row}";
        var data = new byte[1 + Encoding.UTF8.GetByteCount(name)];
        data[0] = suite;
        Encoding.UTF8.GetBytes(name, data.AsSpan(1));
        return data;
    }
}
