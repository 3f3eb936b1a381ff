using System.Text.RegularExpressions;
using Report12350.Confidentiality;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Edge;

/// <summary>A secret nobody has and one that is nearly somebody's get one answer. Their times are compared by the load tool's timing run.</summary>
public sealed partial class ConstantAnswersTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    [Fact]
    public async Task An_unknown_receipt_and_a_misread_one_get_the_same_status_headers_and_page()
    {
        var filed = await app.FileAsync();

        var unknown = await AnswerAsync("/track", ("Receipt", Receipt.Generate().Digits));
        var wrong = await AnswerAsync("/track", ("Receipt", Misread(filed.Receipt)));

        wrong.ShouldBe(unknown);
    }

    [Fact]
    public async Task An_unknown_number_and_a_wrong_claim_code_get_the_same_until_they_are_locked()
    {
        var filed = await app.FileAsync(claimCode: "12345 67890");
        for (var i = 0; i < 7; i++)
        {
            var unknown = await AnswerAsync("/claim", ("Number", "29999999999"), ("Code", "00000 00000"));
            var wrong = await AnswerAsync("/claim", ("Number", filed.Number), ("Code", "00000 00000"));
            wrong.ShouldBe(unknown, $"try {i + 1}");
        }
    }

    [Fact]
    public async Task A_wrong_claim_code_writes_nothing()
    {
        var filed = await app.FileAsync(claimCode: "12345 67890");
        var version = await VersionAsync();
        await AnswerAsync("/claim", ("Number", filed.Number), ("Code", "00000 00000"));

        (await VersionAsync()).ShouldBe(version);

        Task<int> VersionAsync() => app.Read(db => Task.FromResult(db.RewardClaims.Single(c => c.Number == filed.Number).Version));
    }

    /// <summary>Status, headers and page, without what was typed and without the tokens that differ for each visitor.</summary>
    private async Task<string> AnswerAsync(string path, params (string Name, string Value)[] fields)
    {
        var answer = await app.Browser(followRedirects: false).SendFormAsync(path, fields);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not "Content-Length").OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}: {Cookie().Replace(string.Join(", ", h.Value), "=…;")}");
        return $"{answer.StatusCode}\n{string.Join('\n', headers)}\n{Value().Replace(await answer.TextAsync(), "")}";
    }

    private static string Misread(string receipt) =>
        (from a in Enumerable.Range(0, 100)
         let other = $"{a:00}{receipt[2..]}"
         where other != receipt && Receipt.Check(other) is ReceiptProblem.None
         select other).First();

    [GeneratedRegex("value=\"[^\"]*\"")]
    private static partial Regex Value();

    [GeneratedRegex("=[^;]+;")]
    private static partial Regex Cookie();
}
