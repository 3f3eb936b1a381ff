using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Report12350.Evidence;
using Report12350.Profiles;
using Report12350.Web.Pages.Filing;
using Report12350.Web.Shell;

namespace Report12350.Web.Security;

/// <summary>Forms of staff that carry files (办件附件): each file is sealed as it comes in and waits on the disk, so that the page finds an ordinary form and no memory is filled.</summary>
public sealed class SpooledForm(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, EvidenceSpool spool, JurisdictionProfile profile)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.Path.StartsWithSegments("/staff/reports")
            || context.Request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is not true)
        {
            await next(context);
            return;
        }

        StreamedUploadAttribute.Admit(context, profile.Uploads);
        List<SpooledFile> files = [];
        try
        {
            context.Features.Set<IFormFeature>(new FormFeature(await ReadAsync(context, spool, profile.Uploads, files)));
            await next(context);
        }
        finally
        {
            files.ForEach(file => file.Kept.Dispose());
        }
    }

    private static async Task<FormCollection> ReadAsync(HttpContext context, EvidenceSpool spool, UploadLimits limits, List<SpooledFile> files)
    {
        Dictionary<string, StringValues> fields = new(StringComparer.OrdinalIgnoreCase);
        await foreach (var file in StreamedFiles.ReadAsync(context.Request, Said, context.RequestAborted))
        {
            if (files.Count == limits.MaxFiles)
                throw new BadHttpRequestException("Too many files.", StatusCodes.Status413PayloadTooLarge);
            files.Add(new SpooledFile(file.Field, file.Name, await spool.KeepAsync(file.Content, limits.MaxAnyBytes, context.RequestAborted)));
        }

        FormFileCollection sent = [];
        sent.AddRange(files);
        return new FormCollection(fields, sent);

        void Said(string name, string value) => fields[name] = StringValues.Concat(fields.GetValueOrDefault(name), value);
    }

    /// <summary>A waiting file as pages know files.</summary>
    private sealed class SpooledFile(string input, string name, SpooledEvidence kept) : IFormFile
    {
        public SpooledEvidence Kept => kept;

        public string ContentType => "application/octet-stream";

        public string ContentDisposition => "form-data";

        public IHeaderDictionary Headers { get; } = new HeaderDictionary();

        public long Length => kept.Length;

        public string Name => input;

        public string FileName => name;

        public Stream OpenReadStream() => kept.OpenRead();

        public void CopyTo(Stream target) => throw new NotSupportedException();

        public async Task CopyToAsync(Stream target, CancellationToken cancellationToken = default)
        {
            await using var content = kept.OpenRead();
            await content.CopyToAsync(target, cancellationToken);
        }
    }
}
