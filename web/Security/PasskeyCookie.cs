using Report12350.Staff;

namespace Report12350.Web.Security;

/// <summary>What a passkey was asked travels in this browser's own cookie, so that no other can answer it (通行密钥的质询).</summary>
public static class PasskeyCookie
{
    /// <summary>As long as the challenge itself.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public static void Keep(HttpContext context, PasskeyQuestion question) => context.Response.KeepSecret(SecretCookies.Passkey, question.Kept, Life);

    /// <summary>Null when no passkey answered.</summary>
    public static PasskeyAnswer? AnswerOf(HttpContext context, string? credential)
    {
        if (string.IsNullOrEmpty(credential))
            return null;
        context.Response.ForgetSecret(SecretCookies.Passkey);
        return new PasskeyAnswer(credential, context.Request.Secret(SecretCookies.Passkey));
    }
}
