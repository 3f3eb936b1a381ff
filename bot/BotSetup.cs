using Microsoft.Extensions.DependencyInjection;
using Report12350.Bot.Dialogues;

namespace Report12350.Bot;

/// <summary>The automatic service: its dialogue and its conversations.</summary>
public static class BotSetup
{
    public static IServiceCollection AddBot(this IServiceCollection services) =>
        services.AddScoped<FilingDialogue>().AddScoped<TrackingDialogue>().AddScoped<Dialogue>().AddScoped<ChatTurns>().AddScoped<ChannelTurns>().AddScoped<ShownReceipt>();
}
