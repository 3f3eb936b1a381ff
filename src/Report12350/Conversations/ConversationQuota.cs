namespace Report12350.Conversations;

/// <summary>How much one conversation may take of us in its day (会话限额), on whatever face it is held. What is full is told where to go on, and keeps all that was said.</summary>
/// <remarks>
/// An honest reporter meets none of these. A whole report is some 40 activities and 40 kB, looking at one that was filed five activities and 5 kB: who
/// files and then looks every ten minutes of the day stays below.
/// </remarks>
public static class ConversationQuota
{
    /// <summary>Things said, by either side. The last turn is taken whole, so that a few more may stand in the log.</summary>
    public const int Activities = 1000;

    /// <summary>Of all that was said together, as it lies in the log: 2 kB for each, since clients send what is theirs along with it.</summary>
    public const int Bytes = Activities * 2048;

    /// <summary>Streams open at once on one node: a telephone, a computer, and for each the one before, which the server has not missed yet. One more closes the oldest.</summary>
    public const int Streams = 4;

    /// <summary>Leaves to open a stream that wait to be used, each for a minute at most: a client that finds no socket asks every few seconds.</summary>
    public const int StreamTickets = 20;

    /// <summary>Files sent, as many times over as one report takes: once for the report, and twice for beginning again or choosing better ones.</summary>
    public const int FilesTimesReport = 3;

    /// <exception cref="ConversationFullException">It is full.</exception>
    public static void Require(int activities, long bytes)
    {
        if (IsFull(activities, bytes))
            throw new ConversationFullException();
    }

    public static bool IsFull(int activities, long bytes) => activities >= Activities || bytes >= Bytes;
}

/// <summary>More than one conversation may take; nothing of it was kept, and all from before is.</summary>
public sealed class ConversationFullException : Exception;
