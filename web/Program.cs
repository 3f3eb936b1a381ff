using Report12350.Web;

var builder = WebApplication.CreateBuilder(args);
if (!await builder.PrepareAsync(args))
    return;
builder.AddSite();

var app = builder.Build();
app.UseSite();
await app.InstallAsync();
await app.RunAsync();
