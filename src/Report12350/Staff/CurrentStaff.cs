using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>Who is signed in to this request, with their key open; empty on public pages.</summary>
public sealed class CurrentStaff
{
    public Person? Person { get; private set; }

    public string DisplayName { get; private set; } = "";

    public Guid? SessionId { get; private set; }

    /// <summary>The actor the permission behaviour admitted for the command at hand.</summary>
    public Actor? Actor { get; set; }

    internal KeyPair? Key { get; private set; }

    /// <summary>When the second factor was last proven.</summary>
    internal DateTimeOffset? SecondFactorAt { get; private set; }

    public bool IsSignedIn => Person is not null;

    public bool Is(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (Person?.Roles.Contains(role) is true)
                return true;
        }

        return false;
    }

    public Person Required() => Person ?? throw new NotPermittedException();

    internal void SignIn(Person person, string displayName, Guid sessionId, KeyPair key, DateTimeOffset secondFactorAt) =>
        (Person, DisplayName, SessionId, Key, SecondFactorAt) = (person, displayName, sessionId, key, secondFactorAt);

    /// <summary>回避, from this moment on.</summary>
    internal void KeepOut(Guid matter) => Person = Person! with { Conflicts = Person.Conflicts.Append(matter).ToHashSet() };

    internal void Confirmed(DateTimeOffset at) => SecondFactorAt = at;
}
