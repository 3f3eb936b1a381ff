namespace Report12350.Profiles;

/// <summary>A county's profile is unusable; the message lists every fault as <c>file:line: rule</c>.</summary>
public sealed class ProfileException(IReadOnlyList<string> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
