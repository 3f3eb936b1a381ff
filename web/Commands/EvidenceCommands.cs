using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Evidence;

namespace Report12350.Web.Commands;

/// <summary>迁移证据存储: <c>move-evidence --from Folder --to AzureBlob</c>, or the other way round, while the site is stopped.</summary>
internal static class EvidenceCommands
{
    public static async Task<int> MoveAsync(CommandCall call)
    {
        var (from, to) = (StoreOf(call, "from"), StoreOf(call, "to"));
        if (from == to)
            throw new InvalidOperationException("Both stores are the same one.");
        if (!KeyRing.IsIn(DataFolder.Of(call.Configuration)))
            throw new InvalidOperationException($"No key ring in {DataFolder.Of(call.Configuration)}: name the site's folder with --Data:Folder.");
        var move = new MoveEvidence(EvidenceSetup.Open(call.Configuration, from), EvidenceSetup.Open(call.Configuration, to));
        call.Say("evidence.command.moved", await move.RunAsync(CancellationToken.None), to);
        return 0;
    }

    private static EvidenceStore StoreOf(CommandCall call, string name) => Enum.TryParse<EvidenceStore>(call.Configuration[name], out var store)
        ? store
        : throw new InvalidOperationException("From where to where? move-evidence --from Folder --to AzureBlob");
}
