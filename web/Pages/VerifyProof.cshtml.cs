using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Confidentiality;
using Report12350.Intake;
using Report12350.Profiles;

namespace Report12350.Web.Pages;

/// <summary>核验登记证明, for anybody who was shown one. With script the browser does it itself, without a network too.</summary>
public sealed class VerifyProofModel(SiteSignature site, JurisdictionProfile profile) : PageModel
{
    public const int LongestText = SignedStatement.LongestText;

    [BindProperty]
    public string? Proof { get; set; }

    public FilingProofFinding? Finding { get; private set; }

    public string PublicKey => site.PublicKey;

    public string KeyId => site.KeyId;

    public int OffsetMinutes => (int)profile.UtcOffset.TotalMinutes;

    /// <summary>In the county's time, to the second.</summary>
    public string? Filed => DateTimeOffset.TryParse(Finding?.Filed, CultureInfo.InvariantCulture, out var at)
        ? at.ToOffset(profile.UtcOffset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : null;

    public void OnGet()
    {
    }

    public void OnPost()
    {
        if (string.IsNullOrWhiteSpace(Proof))
            ModelState.AddModelError(nameof(Proof), "proof.error.empty");
        else
            Finding = FilingProof.Check(Proof, site.PublicKey);
    }
}
