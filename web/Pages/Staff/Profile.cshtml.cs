using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Web.Pages.Staff;

/// <summary>辖区配置, to be read: what is in force today, where it comes from, and what is to be checked before go-live.</summary>
public sealed class ProfileModel(CurrentStaff staff, JurisdictionProfile profile, Texts texts) : PageModel
{
    public JurisdictionProfile Profile => profile;

    public DatedEntry<ClockRules> Clocks => profile.Clocks.EntryOn(texts.Today);

    public IReadOnlyList<(string Key, object Value)> ClockLines() =>
    [
        ("Accept", Clocks.Value.AcceptDays), ("UrgentAccept", Clocks.Value.UrgentAcceptHours), ("Contest", Clocks.Value.ContestWorkingDays),
        ("Verify", Clocks.Value.VerifyDays), ("Extension", Clocks.Value.ExtensionMaxDays), ("Feedback", Clocks.Value.FeedbackDays),
        ("Objection", Clocks.Value.ObjectionDays), ("Reexamine", Clocks.Value.ReexaminationDays), ("CloseOutReview", Clocks.Value.CloseOutReviewDays),
        ("Claim", Clocks.Value.ClaimDays), ("Warn", Clocks.Value.WarnDaysBefore),
    ];

    public void OnGet()
    {
        if (!staff.Is(Role.Administrator, Role.Dispatcher))
            throw new NotPermittedException();
    }
}
