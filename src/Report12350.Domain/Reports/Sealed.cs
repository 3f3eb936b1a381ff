namespace Report12350.Domain.Reports;

/// <summary>A text that only entitled people can open: the domain carries it, never reads it.</summary>
/// <param name="Row">Key of the row it belongs to; the envelope opens nowhere else.</param>
public sealed record Sealed(Guid Row, byte[] Envelope);
