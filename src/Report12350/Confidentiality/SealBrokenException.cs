namespace Report12350.Confidentiality;

/// <summary>A sealed value that does not open (密文无法打开): wrong key, wrong place or altered bytes.</summary>
public sealed class SealBrokenException : Exception
{
    public SealBrokenException()
        : this("The sealed value does not open.")
    {
    }

    public SealBrokenException(string message)
        : base(message)
    {
    }

    public SealBrokenException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
