using Report12350.Confidentiality;
using Report12350.Intake;

namespace Report12350.Web.Commands;

/// <summary>核验登记证明: <c>verify-proof FILE</c> with this site's key, or offline with <c>--key</c> and a published one.</summary>
internal static class ProofCommands
{
    public static async Task<int> VerifyAsync(CommandCall call)
    {
        if (call.Words.FirstOrDefault(word => !word.StartsWith('-')) is not { } file)
            throw new InvalidOperationException("Which file? verify-proof FILE [--key BASE64]");
        var key = call.Configuration["key"] ?? OwnKey(call);
        var finding = FilingProof.Check(await ReadAsync(file), key);
        call.Say($"proof.finding.{finding.State}");
        if (finding.State is not FilingProofState.Genuine)
            return 1;
        await call.Print.WriteLineAsync($"{finding.Number}  {finding.Filed}  {finding.Content}");
        return 0;
    }

    private static string OwnKey(CommandCall call)
    {
        using var services = call.Open();
        return services.GetRequiredService<SiteSignature>().PublicKey;
    }

    /// <summary>No more of it than a proof can have.</summary>
    private static async Task<string> ReadAsync(string file)
    {
        using var reader = File.OpenText(file);
        var text = new char[SignedStatement.LongestText + 1];
        return new string(text, 0, await reader.ReadBlockAsync(text));
    }
}
