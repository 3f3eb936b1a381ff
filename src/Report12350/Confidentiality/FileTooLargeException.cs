namespace Report12350.Confidentiality;

/// <summary>An evidence file longer than is taken (证据文件过大).</summary>
public sealed class FileTooLargeException(long maxLength) : Exception("The file is larger than is taken.")
{
    public long MaxLength { get; } = maxLength;
}
