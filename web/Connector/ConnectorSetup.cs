using Report12350.Bot.Dialogues;
using Report12350.Web.WeChat;

namespace Report12350.Web.Connector;

/// <summary>Channels of others, each off until it is configured.</summary>
public static class ConnectorSetup
{
    public static void AddChannels(this WebApplicationBuilder builder)
    {
        var settings = new ConnectorSettings(builder.Configuration);
        builder.Services.AddSingleton(settings).AddSingleton<OutsideCalls>().AddSingleton<ChannelTries>().AddSingleton<ReceiptTurn>(services => services.GetRequiredService<ChannelTries>().InTurnAsync);
        if (settings.IsOn)
            builder.Services.AddSingleton<IncomingTokens>().AddSingleton<OutgoingConnector>().AddScoped<ConnectorServer>();
        var weChat = new WeChatSettings(builder.Configuration);
        builder.Services.AddSingleton(weChat);
        if (weChat.IsOn)
            builder.Services.AddSingleton<WeChatMedia>().AddScoped<WeChatServer>();
    }

    public static void MapChannels(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<OutsideCalls>(); // refuses a wrong configuration at the start
        ConnectorServer.Map(app, app.Services.GetRequiredService<ConnectorSettings>());
        WeChatServer.Map(app, app.Services.GetRequiredService<WeChatSettings>());
    }
}
