using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Report12350.Tests.Hosting;

/// <summary>The house's identity provider on a port of its own: OpenIddict, with one client, which vouches for whom the test says, and lies when told to.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    public const string Client = "report12350";
    public const string Secret = "secret of the test's client";
    private readonly WebApplication site;

    private IdentityProvider() => site = Build();

    public Uri Address { get; private set; } = null!;

    /// <summary>Whose account it is.</summary>
    public string Account { get; set; } = "";

    /// <summary>How it knew them.</summary>
    public IReadOnlyList<string> Methods { get; set; } = ["pwd"];

    /// <summary>Whether it shows a page of its own first, as one that asks for a password would.</summary>
    public bool Asks { get; set; }

    /// <summary>What it makes of the token before signing it.</summary>
    public Action<ClaimsPrincipal>? Lie { get; set; }

    /// <summary>Whether it hands out no token.</summary>
    public bool IsStubborn { get; set; }

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        await provider.site.StartAsync();
        provider.Address = new Uri(provider.site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var warm = new HttpClient();
        foreach (var page in new[] { ".well-known/openid-configuration", ".well-known/jwks" })
            await warm.GetStringAsync(new Uri(provider.Address, page));
        return provider;
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(Configure);
        var built = builder.Build();
        built.UseAuthentication();
        return built;
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        server.EnableDegradedMode();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(Validate));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(Validate));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(VouchAsync));
        server.AddEventHandler<ProcessSignInContext>(handler => handler.UseInlineHandler(LieAsync).SetOrder(OpenIddictServerHandlers.PrepareUserCodePrincipal.Descriptor.Order + 1));
    }

    private static ValueTask Validate(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != Client || !(Uri.TryCreate(context.RedirectUri, UriKind.Absolute, out var back) && back is { Host: "localhost", AbsolutePath: "/staff/sign-in/back" }))
            context.Reject(Errors.InvalidClient);
        return ValueTask.CompletedTask;
    }

    private ValueTask Validate(ValidateTokenRequestContext context)
    {
        if (IsStubborn || context.ClientId != Client || context.ClientSecret != Secret)
            context.Reject(Errors.InvalidClient);
        return ValueTask.CompletedTask;
    }

    private async ValueTask VouchAsync(HandleAuthorizationRequestContext context)
    {
        if (Asks && context.Request["asked"] is null)
        {
            var http = context.Transaction.GetHttpRequest()!.HttpContext;
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync($"<!doctype html><link rel=\"icon\" href=\"data:,\"><a id=\"ok\" href=\"{WebUtility.HtmlEncode(http.Request.GetEncodedPathAndQuery())}&amp;asked=1\">OK</a>");
            context.HandleRequest();
            return;
        }

        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Account);
        identity.SetClaims(Claims.AuthenticationMethodReference, [.. Methods]);
        identity.SetScopes(Scopes.OpenId);
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        context.SignIn(new ClaimsPrincipal(identity));
    }

    private ValueTask LieAsync(ProcessSignInContext context)
    {
        if (context.IdentityTokenPrincipal is { } token)
            Lie?.Invoke(token);
        return ValueTask.CompletedTask;
    }
}

internal static class ProviderSettings
{
    public static void UseProvider(this IWebHostBuilder builder, Uri address) => builder
        .UseSetting("OpenId:Authority", address.ToString()).UseSetting("OpenId:ClientId", IdentityProvider.Client)
        .UseSetting("OpenId:ClientSecret", IdentityProvider.Secret).UseSetting("OpenId:SecondFactorValues", "mfa, hwk");
}
