using System.Text.Json;
using Report12350.Staff;

namespace Report12350.Tests.Hosting;

/// <summary>The paper of the installation, kept in a file by tests and the demo only.</summary>
internal static class InstalledNotes
{
    public static string FileIn(string folder) => Path.Combine(folder, "installation-notes.json");

    public static InstallationNotes Of(string folder) =>
        JsonSerializer.Deserialize<InstallationNotes>(File.ReadAllText(FileIn(folder)))!;
}
