using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Report12350.Web.Shell;

/// <summary>A file of a form as it arrives (上传中的文件).</summary>
/// <param name="Field">Name of the field it was chosen in.</param>
public sealed record StreamedFile(string Field, string Name, Stream Content);

/// <summary>The one way in which files come in: one after another as they arrive, so that nothing unsealed touches the disk and memory stays flat.</summary>
public static class StreamedFiles
{
    private const int LongestField = 256 * 1024;
    private const int MostFields = 1024;

    /// <summary>For pages open to anybody: the form's token comes before the first file, or nothing is taken.</summary>
    public static async IAsyncEnumerable<StreamedFile> ReadAsync(
        HttpContext context, IAntiforgery antiforgery, [EnumeratorCancellation] CancellationToken cancellationToken, Action<string, string>? said = null)
    {
        var (sent, trusted) = (false, false);
        await foreach (var file in ReadAsync(context.Request, Said, cancellationToken))
        {
            await RequireAsync();
            yield return file;
        }

        await RequireAsync();

        void Said(string name, string value)
        {
            if (name != "form-token")
                said?.Invoke(name, value);
            else
                (context.Request.Headers["X-Form-Token"], sent) = (value, true);
        }

        async Task RequireAsync()
        {
            trusted = trusted || (sent && await antiforgery.IsRequestValidAsync(context));
            if (!trusted)
                throw Bad();
        }
    }

    /// <summary>Files as they come; what was typed is handed to <paramref name="said"/>.</summary>
    public static async IAsyncEnumerable<StreamedFile> ReadAsync(
        HttpRequest request, Action<string, string> said, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(BoundaryOf(request), request.Body);
        for (var count = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
        {
            if (count == MostFields || section.GetContentDispositionHeader() is not { } disposition)
                throw Bad();
            var field = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (!disposition.IsFileDisposition())
                said(field, await TextAsync(section, cancellationToken));
            else if (section.AsFileSection() is { FileStream: { } content, FileName: { Length: > 0 } name })
                yield return new StreamedFile(field, name, content);
        }
    }

    private static async Task<string> TextAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (await section.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (text.Length + read > LongestField)
                throw Bad();
            text.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? boundary.Value!
            : throw Bad();

    private static BadHttpRequestException Bad() => new("The form is not whole.");
}
