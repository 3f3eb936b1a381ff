using FluentValidation;
using FluentValidation.Results;

namespace Report12350.Staff;

/// <summary>口令规则: long enough, and not one that guessers try first. Nothing is asked of other servers.</summary>
/// <param name="breached">A larger list on disk, if the operator has put one there.</param>
public sealed class PasswordRules(BreachedPasswords? breached)
{
    public const int Shortest = 12;
    public const int Longest = 200;

    /// <summary>Key of what is wrong with it; null when it may be used.</summary>
    /// <param name="own">The person's own names, which are guessed first of all.</param>
    public string? FaultOf(string password, params IEnumerable<string> own) => password switch
    {
        { Length: < Shortest } => "staff.error.passwordShort",
        { Length: > Longest } => "staff.error.passwordLong",
        _ when GuessedPasswords.Contain(password, own) => "staff.error.passwordCommon",
        _ when breached?.Contain(password) is true => "staff.error.passwordBreached",
        _ => null,
    };

    /// <summary>Refuses beside the field named Password, as the fields' own check does.</summary>
    internal void Check(string password, params IEnumerable<string> own)
    {
        if (FaultOf(password, own) is { } fault)
            throw new ValidationException([new ValidationFailure("Password", fault)]);
    }
}
