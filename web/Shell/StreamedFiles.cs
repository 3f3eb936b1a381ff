using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Report12350.Web.Shell;

/// <summary>A file of a form as it arrives (上传中的文件).</summary>
public sealed record StreamedFile(string Name, Stream Content);

/// <summary>Reads the files of a form one after another as they arrive, so that nothing unsealed touches the disk. The form's token comes first.</summary>
public static class StreamedFiles
{
    private const int LongestToken = 4096;

    public static async IAsyncEnumerable<StreamedFile> ReadAsync(
        HttpContext context, IAntiforgery antiforgery, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(BoundaryOf(context.Request), context.Request.Body);
        var trusted = false;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            var disposition = section.GetContentDispositionHeader();
            if (!trusted && HeaderUtilities.RemoveQuotes(disposition?.Name ?? "") == "form-token")
            {
                await RequireTokenAsync(context, antiforgery, section, cancellationToken);
                trusted = true;
            }
            else if (disposition?.IsFileDisposition() is true && section.AsFileSection() is { FileStream: { } content, FileName: { Length: > 0 } name })
            {
                yield return trusted ? new StreamedFile(name, content) : throw Bad();
            }
        }

        if (!trusted)
            throw Bad();
    }

    private static async Task RequireTokenAsync(HttpContext context, IAntiforgery antiforgery, MultipartSection section, CancellationToken cancellationToken)
    {
        var token = new byte[LongestToken];
        var read = await section.Body.ReadAtLeastAsync(token, token.Length, throwOnEndOfStream: false, cancellationToken);
        context.Request.Headers["X-Form-Token"] = System.Text.Encoding.ASCII.GetString(token, 0, read);
        if (!await antiforgery.IsRequestValidAsync(context))
            throw Bad();
    }

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? boundary.Value!
            : throw Bad();

    private static BadHttpRequestException Bad() => new("The form is not whole.");
}
