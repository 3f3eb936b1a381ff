using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Report12350.Confidentiality;
using Report12350.Staff;

namespace Report12350.Web.Security;

/// <summary>The house's identity provider (单位统一身份认证), if one is configured.</summary>
public sealed class OpenIdSettings(IConfiguration settings)
{
    private readonly IConfigurationSection own = settings.GetSection("OpenId");

    public bool IsOn => !string.IsNullOrEmpty(own["Authority"]);

    public Uri Authority => new(own["Authority"]!);

    public string ClientId => own["ClientId"] ?? throw new InvalidOperationException("OpenId:ClientId must be set beside OpenId:Authority.");

    public string? ClientSecret => own["ClientSecret"];

    /// <summary>What people call it; null for plain words.</summary>
    public string? Name => own["Name"];

    /// <summary>The claim that names the account.</summary>
    public string AccountClaim => own["AccountClaim"] ?? "sub";

    public IReadOnlyList<string> Scopes => (own["Scopes"] ?? "openid").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Where the provider says how it knew the person.</summary>
    public string SecondFactorClaim => own["SecondFactorClaim"] ?? "amr";

    /// <summary>Values of it that stand for a second factor; none are believed unless named.</summary>
    public IReadOnlyList<string> SecondFactorValues =>
        (own["SecondFactorValues"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Single sign-on (单点登录): the provider says whose account it is. The person's key still opens with their password only.</summary>
public static class OpenIdSignIn
{
    public const string SignInPage = "/staff/sign-in";
    public const string Outcome = "account";
    private const string Back = "/staff/sign-in/back";
    private const string Purpose = "account";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>From another site's page people come back with a link, so this cookie travels with links; the rest stay strict.</summary>
    private static CookieBuilder Cookie(string name) => new HostCookie(name) { SameSite = SameSiteMode.Lax };

    public static void AddOpenIdSignIn(this WebApplicationBuilder builder)
    {
        var settings = new OpenIdSettings(builder.Configuration);
        builder.Services.AddSingleton(settings);
        if (!settings.IsOn)
            return;
        if (settings.Authority.Scheme != Uri.UriSchemeHttps && !settings.Authority.IsLoopback)
            throw new InvalidOperationException("OpenId:Authority must be an https address.");
        if (new SiteAddress(builder.Configuration).Known is null)
            throw new InvalidOperationException($"{SiteAddress.Setting} must be set beside OpenId:Authority.");
        // Or the framework would ask the provider's scheme who is signed in, on every page.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", isEnabled: true);
        builder.Services.AddAuthentication().AddOpenIdConnect(options => Configure(options, settings));
    }

    public static void UseOpenIdSignIn(this WebApplication app)
    {
        if (app.Services.GetRequiredService<OpenIdSettings>().IsOn)
            app.UseAuthentication();
    }

    public static ProvenAccount? Proven(HttpContext context) =>
        context.RequestServices.GetRequiredService<CookieSeal>().TryOpen<ProvenAccount>(context.Request.Secret(SecretCookies.Account), Purpose, out var proven)
        && proven.Until > context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() ? proven : null;

    private static void Configure(OpenIdConnectOptions options, OpenIdSettings settings)
    {
        options.Authority = settings.Authority.ToString();
        options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in settings.Scopes)
            options.Scope.Add(scope);
        options.ClaimActions.Clear();
        options.CallbackPath = Back;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.BackchannelTimeout = Patience;
        options.CorrelationCookie = Cookie("openid-state.");
        options.NonceCookie = Cookie("openid-nonce.");
        options.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri = context.HttpContext.RequestServices.GetRequiredService<SiteAddress>().Origin + Back;
            return Task.CompletedTask;
        };
        options.Events.OnTicketReceived = context => VouchedForAsync(context, settings);
        options.Events.OnAccessDenied = context => Fail(context);
        options.Events.OnRemoteFailure = context => Fail(context);
    }

    /// <summary>Nobody is signed in by this: the page asks for the password next.</summary>
    private static async Task VouchedForAsync(TicketReceivedContext context, OpenIdSettings settings)
    {
        context.HandleResponse();
        var account = context.Principal?.FindFirst(settings.AccountClaim)?.Value;
        var factor = context.Principal?.FindAll(settings.SecondFactorClaim).Any(claim => settings.SecondFactorValues.Contains(claim.Value, StringComparer.Ordinal)) is true;
        var mediator = context.HttpContext.RequestServices.GetRequiredService<IMediator>();
        var proven = string.IsNullOrEmpty(account) ? null : await mediator.Send(new RecogniseAccount(account, factor), context.HttpContext.RequestAborted);
        if (proven is not null)
        {
            var value = context.HttpContext.RequestServices.GetRequiredService<CookieSeal>().Seal(proven, Purpose);
            context.Response.Cookies.Append($"__Host-{SecretCookies.Account}", value, Cookie(SecretCookies.Account).Build(context.HttpContext));
        }

        context.Response.Redirect(proven is null ? $"{SignInPage}?{Outcome}=unknown" : SignInPage);
    }

    private static Task Fail(HandleRequestContext<RemoteAuthenticationOptions> context)
    {
        context.HandleResponse();
        context.Response.Redirect($"{SignInPage}?{Outcome}=failed");
        return Task.CompletedTask;
    }
}
