namespace Report12350.Evidence;

/// <summary>The file has come further, or less far, than the sender thinks (偏移不符).</summary>
public sealed class UploadOffsetException : Exception;

/// <summary>Its time is over (上传已过期).</summary>
public sealed class UploadExpiredException : Exception;

/// <summary>What came is not what was sent (校验不符); it was thrown away.</summary>
public sealed class ChecksumException : Exception;
