namespace Report12350.Domain.Reports;

/// <content>回避. Who is kept out is not said here in clear: it would tell whom the report is about.</content>
public sealed partial class Report
{
    /// <summary>指令回避, of somebody named in the report or tied to the unit.</summary>
    public void BlockOfficer(Actor by, Guid officer, Sealed reason, DateTimeOffset now)
    {
        Do(ReportAction.BlockOfficer, by, now, text: reason);
        StandDown(officer);
    }

    /// <summary>自行回避.</summary>
    public void DeclareConflict(Actor by, Sealed? reason, DateTimeOffset now)
    {
        Do(ReportAction.DeclareConflict, by, now, text: reason);
        StandDown(by.StaffId);
    }

    public void LiftBlock(Actor by, Sealed reason, DateTimeOffset now) => Do(ReportAction.LiftBlock, by, now, text: reason);

    /// <summary>Another report of the same matter brought the block.</summary>
    public void FollowBlock(Guid officer, DateTimeOffset now)
    {
        StandDown(officer);
        ChangedAt = now;
        Version++;
    }

    /// <summary>Another officer takes the work on; what was recorded before is not enough for their conclusion.</summary>
    private void StandDown(Guid? officer)
    {
        if (officer is null || Officer != officer)
            return;
        Officer = null;
        if (State is ReportState.Verifying)
            VerificationRound++;
    }
}
