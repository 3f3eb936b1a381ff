using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Report12350.Confidentiality;

namespace Report12350.Tests.Edge;

public sealed class WorkProofTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_answer_is_taken_once()
    {
        var proof = new WorkProof(time);
        var answer = AnswerTo(proof.Ask(500));

        proof.Accept(answer).ShouldBeTrue();
        proof.Accept(answer).ShouldBeFalse();
    }

    [Fact]
    public void An_answer_comes_within_ten_minutes()
    {
        var proof = new WorkProof(time);
        var answer = AnswerTo(proof.Ask(500));
        time.Advance(TimeSpan.FromMinutes(10));

        proof.Accept(answer).ShouldBeFalse();
    }

    [Fact]
    public void Another_programs_sum_is_not_ours() =>
        new WorkProof(time).Accept(AnswerTo(new WorkProof(time).Ask(500))).ShouldBeFalse();

    [Fact]
    public void A_digit_of_the_number_cannot_prolong_the_expiry()
    {
        var proof = new WorkProof(time);
        var sum = proof.Ask(500);
        var number = Solve(sum);
        while (number < 10)
            number = Solve(sum = proof.Ask(500));
        var digits = $"{number}";
        var spliced = sum.Salt.TrimEnd('&') + digits[..1];

        proof.Accept(Payload(sum with { Salt = sum.Salt + digits[..1] }, int.Parse(digits[1..]))).ShouldBeFalse();
        proof.Accept(Payload(sum with { Salt = spliced }, int.Parse(digits[1..]))).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("bnVsbA==")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    public void Nonsense_is_no_answer(string? payload) => new WorkProof(time).Accept(payload).ShouldBeFalse();

    /// <summary>As a browser finds it.</summary>
    public static string AnswerTo(WorkChallenge sum) => Payload(sum, Solve(sum));

    private static int Solve(WorkChallenge sum) =>
        Enumerable.Range(0, sum.Maxnumber + 1).First(n => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{sum.Salt}{n}"))) == sum.Challenge);

    private static string Payload(WorkChallenge sum, int number) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new
    {
        algorithm = sum.Algorithm,
        challenge = sum.Challenge,
        number,
        salt = sum.Salt,
        signature = sum.Signature,
    }));
}
