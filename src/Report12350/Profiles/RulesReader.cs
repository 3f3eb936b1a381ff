using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Rewards;
using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>Reads clocks, reward amounts, retention and upload limits (时限, 奖励标准, 保存期限, 上传限制) of a county's profile.</summary>
internal static class RulesReader
{
    private const long Megabyte = 1024 * 1024;
    private const int LongestReveal = 72;

    public static ClockRules Clocks(MapReader map) => new()
    {
        AcceptDays = Days(map, "acceptDays"),
        UrgentAcceptHours = Days(map, "urgentAcceptHours"),
        ContestWorkingDays = Days(map, "contestWorkingDays"),
        VerifyDays = Days(map, "verifyDays"),
        ExtensionMaxDays = Days(map, "extensionMaxDays"),
        ExtensionApprover = ExtensionApprover(map.Sourced("extensionApprover")),
        FeedbackDays = Days(map, "feedbackDays"),
        ObjectionDays = Days(map, "objectionDays"),
        ReexaminationDays = Days(map, "reexaminationDays"),
        CloseOutReviewDays = Days(map, "closeOutReviewDays"),
        ClaimDays = Days(map, "claimDays"),
        WarnDaysBefore = map.Sourced("warnDaysBefore").Whole("value"),
        PausableClocks = map.Sourced("pausableClocks").Choices<ClockKind>("value").ToHashSet(),
    };

    public static RewardScaleRules Scale(MapReader map)
    {
        var rules = new RewardScaleRules(
            map.Text("version"),
            Amount(map, "penaltyRate"),
            Amount(map, "floor"),
            Amount(map, "cap"),
            Tiers(map),
            Amount(map, "deathCap"),
            Amount(map, "insiderUpliftPercent"),
            LocalItems(map));
        if (rules.Floor > rules.Cap)
        {
            map.Error($"floor {rules.Floor} is above cap {rules.Cap}", "floor");
        }

        if (rules.PenaltyRate > 1)
        {
            map.Error($"penaltyRate {rules.PenaltyRate} is above 1: give the share, such as 0.15", "penaltyRate");
        }

        return rules;
    }

    public static AnonymousPayout Payout(MapReader map)
    {
        var payout = map.Choice<AnonymousPayout>("value");
        WarnIfWeak(map, $"anonymousPayout = {payout}");
        return payout;
    }

    public static CommitteeRules Committee(MapReader map)
    {
        var rules = new CommitteeRules(Positive(map, "members"), Positive(map, "quorum"), map.Number("majorityOfVotes"));
        if (rules.Quorum > rules.Members)
        {
            map.Error($"quorum {rules.Quorum} is above the {rules.Members} members", "quorum");
        }

        if (rules.MajorityOfVotes >= 1)
        {
            map.Error($"majorityOfVotes {rules.MajorityOfVotes} can never be exceeded", "majorityOfVotes");
        }

        WarnIfWeak(map, "committee");
        return rules;
    }

    public static RetentionRules Retention(MapReader map) => new()
    {
        SubstantiatedYears = Days(map, "substantiatedYears"),
        UnsubstantiatedYears = Days(map, "unsubstantiatedYears"),
        DeclinedYears = Days(map, "declinedYears"),
        StaffLogMonths = Days(map, "staffLogMonths"),
        SharingRecordYears = Days(map, "sharingRecordYears"),
        RevealHours = RevealHours(map.Sourced("revealHours")),
    };

    public static UploadLimits Uploads(MapReader map)
    {
        var types = map.Texts("allowedTypes");
        if (types.Count == 0)
        {
            map.Error("'allowedTypes' is empty", "allowedTypes");
        }

        map.Check("allowedTypes", type => type.Count(letter => letter == '/') == 1, "not a media type:");
        return new UploadLimits(
            Positive(map, "maxFileMegabytes") * Megabyte,
            Positive(map, "maxPhotoMegabytes") * Megabyte,
            Positive(map, "maxVideoMegabytes") * Megabyte,
            Positive(map, "maxFiles"),
            Positive(map, "maxReportMegabytes") * Megabyte,
            types);
    }

    private static Role ExtensionApprover(MapReader map)
    {
        var role = map.Choice<Role>("value");
        if (!Permissions.ExtensionApprovers.Contains(role))
            map.Error($"{role} works on no reports and can't approve an extension; one of {string.Join(", ", Permissions.ExtensionApprovers)} can", "value");
        return role;
    }

    private static int RevealHours(MapReader map)
    {
        var hours = Positive(map, "value");
        if (hours > LongestReveal)
            map.Error($"revealHours {hours} is above {LongestReveal}: an identity is looked at, not kept", "value");
        return hours;
    }

    private static int Days(MapReader map, string key) => Positive(map.Sourced(key), "value");

    private static decimal Amount(MapReader map, string key) => map.Sourced(key).Number("value");

    private static int Positive(MapReader map, string key)
    {
        var number = map.Whole(key);
        if (number == 0 && map.TextOrNull(key) == "0")
        {
            map.Error($"'{key}' must be 1 or more", key);
        }

        return number;
    }

    private static void WarnIfWeak(MapReader map, string what)
    {
        var confidence = map.Choice<Confidence>("confidence");
        if (confidence.IsWeak())
        {
            map.Warn($"{what}: {confidence} confidence ({map.TextOrNull("source")}); check before go-live");
        }
    }

    private static List<DeathTier> Tiers(MapReader map)
    {
        List<DeathTier> tiers = [];
        foreach (var row in map.Maps("deathTiers"))
        {
            var tier = new DeathTier(row.Whole("minFinalDeaths"), row.Number("perConcealedDeath"));
            if (tiers.Count > 0 && (tier.MinFinalDeaths <= tiers[^1].MinFinalDeaths || tier.PerConcealedDeath < tiers[^1].PerConcealedDeath))
            {
                row.Error("death tiers must rise", "minFinalDeaths");
            }

            tiers.Add(tier);
        }

        if (tiers.Count > 0 && tiers[0].MinFinalDeaths > 1)
        {
            map.Error("the first death tier must begin at 1", "deathTiers");
        }

        return tiers;
    }

    private static List<LocalItem> LocalItems(MapReader map)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return [.. map.Maps("localItems").Select(row => new LocalItem(row.UniqueId(taken), row.Text("name"), row.Number("amount")))];
    }
}
