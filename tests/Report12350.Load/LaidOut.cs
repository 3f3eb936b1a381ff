using Report12350.Intake;

namespace Report12350.Load;

/// <summary>A site on an empty folder of its own, and the way behind it.</summary>
internal sealed record LaidOut(SiteUnderLoad Site, BackDoor Door) : IAsyncDisposable
{
    public static async Task<LaidOut> StartAsync(params IReadOnlyList<string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("report12350-load-").FullName;
        var door = new BackDoor(folder);
        await door.InstallAsync();
        return new LaidOut(await SiteUnderLoad.StartAsync(folder, settings), door);
    }

    public async Task<FiledReport> FileOneAsync() => await FileAsync(await Door.ReadyDraftAsync(0));

    public async Task<FiledReport> FileAsync(string draft)
    {
        var pass = DraftPass.Parse(draft.Split('=', 2)[1])!;
        var content = (await Door.Send(new ReadDraft(pass)))!.Content;
        content.Answers.TruthPledged = true;
        await Door.Send(new SaveDraft(pass, content));
        return await Door.Send(new FileReport(pass));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Door.DisposeAsync();
        Directory.Delete(Site.Folder, recursive: true);
        File.Delete(Site.Certificate);
    }
}
