using System.Security.Cryptography;
using System.Text;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>Something that must be found nowhere: its name for the report, and its bytes.</summary>
internal sealed record Mark(string Name, byte[] Bytes);

/// <summary>The strings planted in every field, each told from the others by what it is and a random end.</summary>
internal sealed class Marks
{
    /// <summary>Stands at the head of every text, so that Chinese is looked for too.</summary>
    public const string Chinese = "标记甲乙丑";

    private readonly List<Mark> all = [new(Chinese, Encoding.UTF8.GetBytes(Chinese))];

    public IReadOnlyList<Mark> All => all;

    /// <summary>A text to type, such as 标记甲乙丑-narrative-7F3A91.</summary>
    public string Text(string name)
    {
        var end = $"{name}-{RandomNumberGenerator.GetHexString(6)}";
        Add(name, end);
        return $"{Chinese}-{end}";
    }

    /// <summary>Digits, for what takes nothing else.</summary>
    public string Digits(string name, int count, string head = "")
    {
        var digits = head + RandomNumberGenerator.GetString("0123456789", count - head.Length);
        Add(name, digits);
        return digits;
    }

    /// <summary>Capitals and digits, for codes of a fixed length.</summary>
    public string Code(string name, int count)
    {
        var code = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRTUWXY0123456789", count);
        Add(name, code);
        return code;
    }

    public void Add(string name, string value) => Add(name, Encoding.UTF8.GetBytes(value));

    public void Add(string name, byte[] value) => all.Add(new Mark(name, value));
}
