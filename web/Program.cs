using Report12350.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddSite();

var app = builder.Build();
app.UseSite();
await app.InstallAsync();
await app.RunAsync();
