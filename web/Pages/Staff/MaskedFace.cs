using Report12350.Redaction;

namespace Report12350.Web.Pages.Staff;

/// <summary>A masked copy on a page (遮盖件的样子): to those who mask it and to those it is shown to alike.</summary>
/// <param name="Pictures">Their addresses.</param>
public sealed record MaskedFace(IReadOnlyList<MaskedPart> Parts, IReadOnlyList<string> Pictures);
