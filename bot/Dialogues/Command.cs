using System.Text;

namespace Report12350.Bot.Dialogues;

/// <summary>Words that are understood at every step (随时可说的话).</summary>
internal enum Command
{
    None,
    Back,
    Restart,
    Hotline,
    Track,
    Help,
}

internal static class Commands
{
    public static Command Of(string said) =>
        said.Normalize(NormalizationForm.FormKC).Trim().TrimEnd('。', '.', '!', '?', '吧').ToLowerInvariant() switch
        {
            "返回" or "上一步" or "后退" or "back" => Command.Back,
            "重来" or "重新开始" or "重填" or "restart" => Command.Restart,
            "人工" or "转人工" or "人工服务" or "电话" or "hotline" or "operator" => Command.Hotline,
            "查进度" or "进度" or "查询" or "track" => Command.Track,
            "帮助" or "help" or "怎么用" => Command.Help,
            _ => Command.None,
        };
}
