using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Report12350.Web.Shell;

/// <summary>A filing proof (登记证明) as the reporter downloads it; the name tells no number.</summary>
internal static class ProofFile
{
    public static FileContentResult Of(string proof) =>
        new(Encoding.UTF8.GetBytes(proof), "text/plain; charset=utf-8") { FileDownloadName = "filing-proof.txt" };
}
