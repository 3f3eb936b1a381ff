using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Chat;

/// <summary>Microsoft's Web Chat, as it comes, over the same conversation (完整聊天界面); for who wants it on a large screen. It draws its styles itself, so this page's policy names them.</summary>
public sealed class FullModel : PageModel
{
    public string Nonce { get; private set; } = "";

    public void OnGet() => Nonce = Headers.AdmitWebChat(HttpContext);
}
