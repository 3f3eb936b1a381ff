using System.Text.RegularExpressions;

namespace Report12350.Tests.Architecture;

/// <summary>A file of the repository as the walls see it: where it lies and what it says outside comments.</summary>
public sealed partial record SourceFile(string Path, string Text)
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "wwwroot", "Migrations"];

    /// <summary>The repository's root: where the solution lies.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. new[] { "src", "web", "bot", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => System.IO.Path.GetExtension(path) is ".cs" or ".cshtml" or ".csproj")
            .Where(path => !path.Split('/').Intersect(Skipped).Any())
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(System.IO.Path.Combine(Root, path)))),
    ];

    /// <summary>Code or a page, not a project file.</summary>
    public bool IsCode => System.IO.Path.GetExtension(Path) is ".cs" or ".cshtml";

    public bool Under(params string[] folders) => folders.Any(folder => Path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Each line's number and what is left of it without its comment.</summary>
    public IEnumerable<(int No, string Code)> Lines() =>
        Text.Split('\n').Select((line, index) => (index + 1, Comment().Replace(line, "")));

    private static string Above(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Report12350.sln")) ? folder
        : Above(System.IO.Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Report12350.sln above the tests."));

    [GeneratedRegex("(^|\\s)//.*$")]
    private static partial Regex Comment();
}
