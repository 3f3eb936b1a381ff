using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using Report12350.Confidentiality;
using Report12350.Web.Security;

namespace Report12350.Web;

/// <summary>The web shell: pages, texts, look, headers and static files, apart from what any page does.</summary>
public static class ShellSetup
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddSingleton(p => TextBook.Load(IsWorkshop(p.GetRequiredService<IHostEnvironment>())));
        services.AddScoped(p => new Texts(
            p.GetRequiredService<TextBook>(),
            p.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request.Cookies[Cookies.Language] ?? TextBook.Chinese,
            p.GetRequiredService<TimeProvider>()));
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<RouteOptions>(o => o.LowercaseUrls = true);
        services.Configure<CookieTempDataProviderOptions>(o => o.Cookie = new HostCookie("note"));
        services.AddSingleton<NetworkMarks>();
        services.AddSingleton<FloodGauge>();
        services.AddSingleton<SlowLane>();
        services.AddSingleton<WorkProof>();
        services.AddAntiforgery(GuardForms);
        services.AddRazorPages().AddMvcOptions(SpeakOurWords);
        return services;
    }

    public static WebApplication UseShell(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            StaticWebAssetsLoader.UseStaticWebAssets(app.Environment, app.Configuration);
            app.Configuration["ReloadStaticAssetsAtRuntime"] = "false"; // from a build as from what is published: compressed, and kept by browsers
            app.UseHsts();
        }

        app.UseKnownProxies();
        app.UseMiddleware<Headers>();
        app.UseExceptionHandler(Faults.Handling);
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.MapStaticAssets();
        return app;
    }

    /// <summary>Maps the pages with hashed addresses for style sheets and scripts.</summary>
    public static WebApplication MapShell(this WebApplication app)
    {
        app.MapRazorPages().WithStaticAssets();
        app.MapGet("/altcha", (HttpContext context, FloodGauge gauge, WorkProof proof) => CostlyAttribute.Ask(context, gauge, proof));
        return app;
    }

    private static bool IsWorkshop(IHostEnvironment environment) =>
        environment.IsDevelopment() || environment.IsEnvironment("Testing");

    private static void GuardForms(AntiforgeryOptions options)
    {
        options.FormFieldName = "form-token";
        options.HeaderName = "X-Form-Token";
        options.Cookie = new HostCookie("form");
    }

    private static void SpeakOurWords(MvcOptions options)
    {
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((_, _) => "shell.error.value");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "shell.error.value");
        messages.SetUnknownValueIsInvalidAccessor(_ => "shell.error.value");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "shell.error.value");
        messages.SetValueIsInvalidAccessor(_ => "shell.error.value");
        messages.SetValueMustBeANumberAccessor(_ => "shell.error.number");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "shell.error.number");
        messages.SetValueMustNotBeNullAccessor(_ => "shell.error.missing");
        messages.SetMissingBindRequiredValueAccessor(_ => "shell.error.missing");
        messages.SetMissingKeyOrValueAccessor(() => "shell.error.missing");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "shell.error.missing");
    }
}
