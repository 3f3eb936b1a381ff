namespace Report12350.Web;

/// <summary>A request's body that is read whole, up to a bound (短请求体).</summary>
public static class ShortBody
{
    /// <summary>Null when it is longer.</summary>
    public static async Task<byte[]?> ReadAsync(Stream body, int longest, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[4096];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var more)
        {
            if (read.Length + more > longest)
                return null;
            read.Write(buffer, 0, more);
        }

        return read.ToArray();
    }
}
