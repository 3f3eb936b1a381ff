using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>Text has nothing beside what it says (文本): looked through to its end, and copied.</summary>
internal static class PlainText
{
    private const int Piece = 64 * 1024;

    public static async Task<CleanedContent> OpenAsync(Stream original, CancellationToken cancellationToken)
    {
        var buffer = new byte[Piece];
        while (await original.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (buffer.AsSpan(0, read).IndexOfAnyInRange((byte)0, (byte)8) >= 0)
                throw new NotCleanedException(NotCleaned.Unreadable);
        }

        return new CleanedContent("text/plain", new PartsOf(original).Add(0, original.Length), () => []);
    }
}
