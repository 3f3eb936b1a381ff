namespace Report12350.Verification;

/// <summary>反馈四项内容: conclusion, brief facts, decision, reward eligibility. Sanitised simple formatting, written anew for the reporter.</summary>
public sealed record FeedbackParts(string Conclusion, string Facts, string Decision, string RewardEligibility)
{
    public override string ToString() => nameof(FeedbackParts);
}
