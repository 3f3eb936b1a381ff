namespace Report12350.Domain.Retention;

/// <summary>Why a report was erased (删除原因).</summary>
public enum ErasureReason
{
    /// <summary>保存期满.</summary>
    KeptLongEnough,

    /// <summary>举报人要求.</summary>
    ReporterAsked,

    /// <summary>法律文书要求.</summary>
    LawRequires,

    /// <summary>误登.</summary>
    EnteredByMistake,

    /// <summary>密钥已销毁: it had been erased before, and an older copy of the database brought it back.</summary>
    KeyDestroyed,
}
