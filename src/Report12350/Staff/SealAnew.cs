using MediatR;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>重新密封: a member seals one piece of what is still under the group's former keys under its present one; the answer is how many reports are left.</summary>
public sealed record SealAnew(string Group) : ICommand<int>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

internal sealed class SealAnewHandler(GroupRenewal renewal) : IRequestHandler<SealAnew, int>
{
    public Task<int> Handle(SealAnew request, CancellationToken cancellationToken) => renewal.SealAnewAsync(request.Group, cancellationToken);
}
