using System.Text.RegularExpressions;

namespace Report12350.Tests.Architecture;

/// <summary>One rule of the architecture: what must not be said outside the places that may say it.</summary>
/// <param name="Watched">Files the rule is about.</param>
/// <param name="Breach">A file that breaks it: the twin that shows the rule can fail.</param>
/// <param name="Innocent">A file that looks alike and is in order.</param>
public sealed record Wall(string Name, Func<SourceFile, bool> Watched, string Forbidden, SourceFile Breach, SourceFile Innocent)
{
    /// <summary>Where a real switch has an interface, or a framework asks for one. A name more needs a reason more.</summary>
    private static readonly Dictionary<string, string> Interfaces = new(StringComparer.Ordinal)
    {
        ["IEvidenceStore"] = "switch Evidence:Store, folder or Azure Blob",
        ["IProgressClient"] = "SignalR's typed hub",
    };

    public static readonly IReadOnlyList<Wall> All =
    [
        new("the domain project takes Stateless and nothing else",
            f => f.Path is "src/Report12350.Domain/Report12350.Domain.csproj",
            """<(Package|Project|Framework)Reference\s+Include="(?!Stateless")""",
            new("src/Report12350.Domain/Report12350.Domain.csproj", """<PackageReference Include="MediatR" />"""),
            new("src/Report12350.Domain/Report12350.Domain.csproj", """<PackageReference Include="Stateless" />""")),
        new("the domain does no input or output",
            f => f.IsCode && f.Under("src/Report12350.Domain/"),
            @"\b(System\.IO|System\.Net|System\.Data|Microsoft\.\w+|MediatR|FluentValidation)\b|\bFile\.(Read|Write|Open)",
            new("src/Report12350.Domain/Reports/Report.cs", "using System.IO;"),
            new("src/Report12350/Evidence/FolderStore.cs", "using System.IO;")),
        new("the application references the domain and no page",
            f => f.Path is "src/Report12350/Report12350.csproj",
            """<ProjectReference\s+Include="(?!\.\./Report12350\.Domain/)""",
            new("src/Report12350/Report12350.csproj", """<ProjectReference Include="../../web/Report12350.Web.csproj" />"""),
            new("src/Report12350/Report12350.csproj", """<ProjectReference Include="../Report12350.Domain/Report12350.Domain.csproj" />""")),
        new("pages and dialogues know no database",
            f => f.Under("web/", "bot/"),
            @"\w*DbContext\w*|\bMicrosoft\.EntityFrameworkCore\b|\bDbSet\b",
            new("web/Pages/Filing/What.cshtml.cs", "public WhatModel(ReportsDbContext db)"),
            new("src/Report12350/Data/ReportsDbContext.cs", "public sealed class ReportsDbContext : DbContext")),
        new("Azure is spoken to by the blob store alone",
            f => f.IsCode && f.Under("src/", "web/", "bot/") && !Regex.IsMatch(f.Path, "^src/Report12350/Evidence/(.*Blob.*|EvidenceSetup)\\.cs$"),
            @"\bAzure\.",
            new("src/Report12350/Evidence/EvidenceFiles.cs", "using Azure.Storage.Blobs;"),
            new("src/Report12350/Evidence/AzureBlobStore.cs", "using Azure.Storage.Blobs;")),
        new("database engines are named in Data alone",
            f => f.IsCode && f.Under("src/", "web/", "bot/") && !f.Under("src/Report12350/Data/"),
            @"\b(Npgsql|UseNpgsql|Sqlite|UseSqlite|NpgsqlConnection|SqliteConnection)\b|\bMicrosoft\.Data\.Sqlite",
            new("src/Report12350/Outbox/Listen.cs", "using Npgsql;"),
            new("src/Report12350/Data/DatabaseSetup.cs", "options.UseNpgsql(connection);")),
        new("ciphers are named in Confidentiality alone",
            f => f.IsCode && f.Under("src/", "web/", "bot/") && !f.Under("src/Report12350/Confidentiality/"),
            @"\b(AesGcm|AesCcm|Aes|ChaCha20Poly1305|HKDF|HMAC\w+|Rfc2898DeriveBytes|RSA|ECDsa|ECDiffieHellman|TripleDES)\b|\bNSec\.|\bOrg\.BouncyCastle\b",
            new("src/Report12350/Staff/SignIn.cs", "using var aes = new AesGcm(key, 16);"),
            new("web/Security/Nonce.cs", "RandomNumberGenerator.GetBytes(16); CryptographicOperations.FixedTimeEquals(a, b); SHA256.HashData(c);")),
        new("no program is started, no code or type is made from text, no XML is read, but where files are cleaned apart and WeChat is heard",
            f => f.IsCode && f.Under("src/", "web/", "bot/") && !Regex.IsMatch(f.Path, "^(src/Report12350/Evidence/Cleaning/(DecoderProcess|OfficeXml)|web/WeChat/WeChatMessage)\\.cs$"),
            @"\b(Process\.Start|ProcessStartInfo|BinaryFormatter|CSharpScript|TypeNameHandling|Type\.GetType|XmlReader|XmlDocument|XDocument|XmlSerializer|XPathNavigator|MD5|SHA1Managed)\b",
            new("src/Report12350/Evidence/ImageView.cs", "Process.Start(name);"),
            new("src/Report12350/Outbox/Delivered.cs", "Activator.CreateInstance(type); SHA1.HashData(password);")),
        new("pictures are opened by the part that runs apart",
            f => f.IsCode && f.Under("src/", "web/", "bot/") && !Regex.IsMatch(f.Path, "^src/Report12350/Evidence/(Cleaning/(Image|Office|Decoder)\\w+|Watermark)\\.cs$"),
            @"\bImageMagick\b|\bMagick(Image|ReadSettings)\b",
            new("src/Report12350/Evidence/ImageView.cs", "using ImageMagick;"),
            new("src/Report12350/Evidence/Cleaning/ImageDrawer.cs", "using ImageMagick;")),
        new("time comes in",
            f => f.IsCode,
            @"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bThread\.Sleep\b",
            new("src/Report12350/Intake/FileReport.cs", "var now = DateTimeOffset.UtcNow;"),
            new("src/Report12350/Intake/FileReport.cs", "var now = time.GetUtcNow(); // not DateTimeOffset.UtcNow")),
        new("the domain asks no clock at all",
            f => f.IsCode && f.Under("src/Report12350.Domain/"),
            @"\bTimeProvider\b|\bStopwatch\b|\bTickCount",
            new("src/Report12350.Domain/Reports/Clock.cs", "internal Clock(TimeProvider time)"),
            new("src/Report12350.Domain/Reports/Clock.cs", "internal void Stop(DateTimeOffset now)")),
        new("an interface stands for a real switch, or marks a message for the pipeline",
            f => f.IsCode && f.Under("src/", "web/", "bot/") && f.Path is not "src/Report12350/Messaging/Messages.cs",
            $@"\binterface\s+(?!({string.Join('|', Interfaces.Keys)})\b)\w+",
            new("src/Report12350/Intake/FileReport.cs", "public interface IReportRepository"),
            new("src/Report12350/Evidence/EvidenceSetup.cs", "public interface IEvidenceStore")),
        new("types are named for what they are",
            f => f.IsCode,
            @"\b(class|record|struct|interface|enum)\s+\w*(Manager|(?<!Tag)Helper|Helpers|Util|Utils|Service|Impl|Dto|Base)\b",
            new("src/Report12350/Intake/FileReport.cs", "public sealed class ReportService"),
            new("src/Report12350/Intake/FileReport.cs", "public sealed class IconTagHelper : TagHelper")),
    ];

    /// <summary>Path, line and what was said there, for each breach of the rule.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<SourceFile> files) =>
    [
        .. from file in files
           where Watched(file) && !file.Under("tests/Report12350.Tests/Architecture/")
           from line in file.Lines()
           from Match match in Regex.Matches(line.Code, Forbidden, RegexOptions.CultureInvariant)
           select $"{file.Path}:{line.No}: {match.Value}",
    ];

    public override string ToString() => Name;
}
