using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;

namespace Report12350.Tests.Hosting;

/// <summary>A person's own key in their hands, as somebody has it who copied it out of a session or cracked the password.</summary>
internal static class OpenedKeys
{
    public static async Task<KeyPair> OpenedKeyAsync(this ReportApplication app, StaffHands who)
    {
        var member = await app.Read(db => db.Staff.AsNoTracking().SingleAsync(m => m.Id == who.Id));
        return StaffKeys.Open(member.Id, who.Password, member.KeySalt, member.SealedPrivateKey).ShouldNotBeNull();
    }
}
