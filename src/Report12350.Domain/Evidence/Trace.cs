namespace Report12350.Domain.Evidence;

/// <summary>What a file gives away besides what it shows (隐藏信息).</summary>
public enum Trace
{
    Place,
    Time,
    Device,
    Person,

    /// <summary>A small picture of what the file once was (缩略图).</summary>
    Preview,

    /// <summary>Who changed what, and when (修订记录).</summary>
    History,

    /// <summary>Anything else that was attached (其他附带内容).</summary>
    Attached,
}

/// <summary>Why a file could not be cleaned (不能清理的原因).</summary>
public enum NotCleaned
{
    /// <summary>It does not read as what it says it is.</summary>
    Unreadable,

    /// <summary>It is larger or more tangled than we look through.</summary>
    TooMuch,

    /// <summary>Other files are in it that we do not look into (内嵌文件).</summary>
    Nested,

    /// <summary>It is locked with a password.</summary>
    Locked,

    /// <summary>Here, or just now, nothing can clean such a file.</summary>
    Unavailable,
}
