using System.Globalization;
using System.Security.Cryptography;
using MediatR;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Web.Security;

namespace Report12350.Web.Uploads;

/// <summary>断点续传: tus 1.0.0 with creation, creation-with-upload, termination, checksum and expiration. Whose an upload is, the cookie says.</summary>
/// <remarks>A page of another site can send none of this: the cookies stay on this site, and the protocol's own header needs a leave that nobody gets.</remarks>
public sealed class TusServer(IMediator mediator, ReportOpener opener, JurisdictionProfile profile, Texts texts, FloodGauge gauge, SlowLane lane)
{
    private const string Version = "1.0.0";
    private const string Bytes = "application/offset+octet-stream";
    private const int ChecksumMismatch = 460;
    private const int Around = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/evidence/files", (HttpContext context, TusServer server) => server.AnswerAsync(context, null));
        routes.Map("/evidence/files/{upload:guid}", (HttpContext context, TusServer server, Guid upload) => server.AnswerAsync(context, upload));
    }

    private async Task AnswerAsync(HttpContext context, Guid? upload)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        context.Response.Headers["Tus-Resumable"] = Version;
        try
        {
            await ActAsync(context, upload);
        }
        catch (Exception fault) when (StatusOf(fault) is < StatusCodes.Status500InternalServerError or StatusCodes.Status503ServiceUnavailable)
        {
            await RefuseAsync(context, StatusOf(fault), fault);
        }
    }

    private Task ActAsync(HttpContext context, Guid? upload)
    {
        var request = context.Request;
        var method = (string?)request.Headers["X-HTTP-Method-Override"] ?? request.Method;
        if (HttpMethods.IsOptions(method))
            return DescribeAsync(context.Response);
        if (HttpMethods.IsGet(method))
            throw new BadHttpRequestException("Nothing to read here.", StatusCodes.Status405MethodNotAllowed);
        if (request.Headers["Tus-Resumable"] != Version)
        {
            context.Response.Headers["Tus-Version"] = Version;
            throw new BadHttpRequestException("Another version.", StatusCodes.Status412PreconditionFailed);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = profile.Uploads.MaxAnyBytes + Around;
        return (method.ToUpperInvariant(), upload) switch
        {
            ("POST", null) => CreateAsync(context),
            ("HEAD", { } id) => TellAsync(context, id),
            ("PATCH", { } id) => ContinueAsync(context, id),
            ("DELETE", { } id) => DropAsync(context, id),
            _ => throw new BadHttpRequestException("Not here.", StatusCodes.Status405MethodNotAllowed),
        };
    }

    private Task DescribeAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers["Tus-Version"] = Version;
        response.Headers["Tus-Extension"] = "creation,creation-with-upload,termination,checksum,expiration";
        response.Headers["Tus-Max-Size"] = profile.Uploads.MaxAnyBytes.ToString(CultureInfo.InvariantCulture);
        response.Headers["Tus-Checksum-Algorithm"] = "sha1,sha256";
        return Task.CompletedTask;
    }

    private async Task CreateAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var length = Number(request, "Upload-Length") ?? throw Bad();
        var raw = (string?)request.Headers["Upload-Metadata"];
        var metadata = UploadMetadata.Parse(raw) ?? throw Bad();
        var holder = HolderOf(context, metadata.GetValueOrDefault("for") == "report");
        using var turn = await InTurnAsync(context);
        var started = await mediator.Send(new StartUpload(holder, metadata.GetValueOrDefault("filename", "-"), length, raw), context.RequestAborted);
        if (request.ContentType == Bytes)
        {
            var progress = await mediator.Send(new ContinueUpload(holder, started.Id, 0, request.Body, ChecksumOf(request)), context.RequestAborted);
            response.Headers["Upload-Offset"] = Text(progress.Offset);
        }

        Say(context, holder, started);
        response.Headers.Location = $"/evidence/files/{started.Id:D}";
        response.StatusCode = StatusCodes.Status201Created;
    }

    private async Task TellAsync(HttpContext context, Guid id)
    {
        var holder = HolderOf(context);
        var progress = await mediator.Send(new ReadUpload(holder, id), context.RequestAborted);
        var headers = context.Response.Headers;
        headers["Upload-Offset"] = Text(progress.Offset);
        headers["Upload-Length"] = Text(progress.Length);
        if (progress.Metadata is not null)
            headers["Upload-Metadata"] = progress.Metadata;
        headers.CacheControl = "no-store";
        Say(context, holder, progress);
    }

    private async Task ContinueAsync(HttpContext context, Guid id)
    {
        if (context.Request.ContentType != Bytes)
            throw new BadHttpRequestException("Another type.", StatusCodes.Status415UnsupportedMediaType);
        var offset = Number(context.Request, "Upload-Offset") ?? throw Bad();
        var holder = HolderOf(context);
        var progress = await mediator.Send(new ContinueUpload(holder, id, offset, context.Request.Body, ChecksumOf(context.Request)), context.RequestAborted);
        context.Response.Headers["Upload-Offset"] = Text(progress.Offset);
        Say(context, holder, progress);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task DropAsync(HttpContext context, Guid id)
    {
        await mediator.Send(new DropUpload(HolderOf(context), id), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Until when it may be continued; and whoever sends files is still there, so the receipt's session goes on.</summary>
    private void Say(HttpContext context, EvidenceHolder holder, UploadProgress upload)
    {
        context.Response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        if (holder.Report is { } opened)
            context.Response.KeepSecret(SecretCookies.Track, opener.Renewed(opened));
    }

    private EvidenceHolder HolderOf(HttpContext context)
    {
        var holder = new EvidenceHolder(
            DraftPass.Parse(context.Request.Secret(SecretCookies.Draft)), opener.ForReporter(context.Request.Secret(SecretCookies.Track)));
        return holder is { Draft: null, Report: null } ? throw new NotPermittedException() : holder;
    }

    /// <summary>A new file goes to the draft, or to the report where that is asked for or there is no draft.</summary>
    private EvidenceHolder HolderOf(HttpContext context, bool toReport) => HolderOf(context) switch
    {
        { Report: not null } holder when toReport => holder with { Draft = null },
        { Draft: not null } holder when !toReport => holder with { Report = null },
        { Draft: null } holder => holder,
        _ => throw new NotPermittedException(),
    };

    /// <summary>Under flood a new file waits for its turn, as a form does that carries no answer of a sum.</summary>
    private async Task<IDisposable?> InTurnAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        var network = gauge.Note(address);
        if (gauge.Height(address) == 0)
            return null;
        return await lane.EnterAsync(network, context.Request.Secret("form") ?? "", Around, context.RequestAborted)
            ?? throw new BadHttpRequestException("Too many at once.", StatusCodes.Status503ServiceUnavailable);
    }

    private async Task RefuseAsync(HttpContext context, int status, Exception fault)
    {
        var response = context.Response;
        response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = "5";
        if (status == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = "OPTIONS, POST, HEAD, PATCH, DELETE";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(fault is RuleBrokenException refusal ? texts[refusal.Code, [.. refusal.Values]] : texts[WordsFor(status)], context.RequestAborted);
    }

    private static string WordsFor(int status) => status switch
    {
        StatusCodes.Status503ServiceUnavailable => "evidence.upload.waiting",
        StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or StatusCodes.Status410Gone => "evidence.upload.over",
        _ => "evidence.upload.refused",
    };

    private static int StatusOf(Exception fault) => fault switch
    {
        UploadOffsetException => StatusCodes.Status409Conflict,
        UploadExpiredException => StatusCodes.Status410Gone,
        ChecksumException => ChecksumMismatch,
        StaleException => StatusCodes.Status423Locked,
        RuleBrokenException { Code: "rule.FileTypeRefused" } => StatusCodes.Status415UnsupportedMediaType,
        RuleBrokenException { Code: "rule.FileTooLarge" or "rule.TooManyFiles" or "rule.TooMuchEvidence" } => StatusCodes.Status413PayloadTooLarge,
        RuleBrokenException { Code: "rule.FileEmpty" } => StatusCodes.Status400BadRequest,
        RuleBrokenException => StatusCodes.Status403Forbidden,
        _ => Faults.StatusOf(fault),
    };

    private static UploadChecksum? ChecksumOf(HttpRequest request)
    {
        if ((string?)request.Headers["Upload-Checksum"] is not { } said)
            return null;
        var parts = said.Split(' ');
        var value = new byte[SHA256.HashSizeInBytes];
        if (parts.Length != 2 || !Convert.TryFromBase64String(parts[1], value, out var length))
            throw Bad();
        var algorithm = (parts[0], length) switch
        {
            ("sha1", SHA1.HashSizeInBytes) => HashAlgorithmName.SHA1,
            ("sha256", SHA256.HashSizeInBytes) => HashAlgorithmName.SHA256,
            _ => throw Bad(),
        };
        return new UploadChecksum(algorithm, value[..length]);
    }

    private static long? Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static BadHttpRequestException Bad() => new("The request is not whole.");
}
