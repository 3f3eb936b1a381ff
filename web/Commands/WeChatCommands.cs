using System.Text.Encodings.Web;
using System.Text.Json;

namespace Report12350.Web.Commands;

/// <summary>公众号菜单: <c>wechat-menu</c> prints the account's menu, to be entered with the platform's own tools.</summary>
internal static class WeChatCommands
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> MenuAsync(CommandCall call)
    {
        var site = new SiteAddress(call.Configuration).Known ?? throw new InvalidOperationException($"{SiteAddress.Setting} must be set: the menu leads to the site.");
        var menu = new
        {
            button = new object[]
            {
                new { name = "举报", sub_button = new object[] { Said("在这里说", "帮助"), Page("网页填写", new Uri(site, "report")), Page("保护自己", new Uri(site, "safe")) } },
                Page("查进度", new Uri(site, "track")),
                Said("打电话", "人工"),
            },
        };
        await call.Print.WriteLineAsync(JsonSerializer.Serialize(menu, Json));
        return 0;
    }

    /// <summary>As if its words had been written.</summary>
    private static object Said(string name, string key) => new { type = "click", name, key };

    private static object Page(string name, Uri url) => new { type = "view", name, url };
}
