using CsCheck;
using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class DammTests
{
    private static readonly Gen<string> TwentyFourDigits = Gen.Char['0', '9'].Array[24].Select(digits => new string(digits));

    [Theory]
    [InlineData("572", 4)]
    [InlineData("11294", 6)]
    [InlineData("", 0)]
    public void The_check_digit_is_the_published_one(string digits, int check) => Damm.CheckDigit(digits).ShouldBe(check);

    [Theory]
    [InlineData("5724", true)]
    [InlineData("5727", false)]
    [InlineData("112946", true)]
    [InlineData("112949", false)]
    [InlineData("", false)]
    public void Only_numbers_with_their_check_digit_are_valid(string digits, bool valid) => Damm.IsValid(digits).ShouldBe(valid);

    [Fact]
    public void Letters_have_no_check_digit() => Should.Throw<ArgumentException>(() => Damm.CheckDigit("57a"));

    [Fact]
    public void Every_single_wrong_digit_is_caught() => TwentyFourDigits.Sample(
        digits =>
        {
            var whole = (digits + Damm.CheckDigit(digits)).ToCharArray();
            for (var at = 0; at < whole.Length; at++)
            {
                var right = whole[at];
                for (var wrong = '0'; wrong <= '9'; wrong++)
                {
                    whole[at] = wrong;
                    Damm.IsValid(whole).ShouldBe(wrong == right);
                }

                whole[at] = right;
            }
        },
        iter: 300);

    [Fact]
    public void Every_swapped_pair_is_caught() => TwentyFourDigits.Sample(
        digits =>
        {
            var whole = digits + Damm.CheckDigit(digits);
            for (var at = 0; at + 1 < whole.Length; at++)
            {
                var swapped = whole.ToCharArray();
                (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
                Damm.IsValid(swapped).ShouldBe(whole[at] == whole[at + 1]);
            }
        },
        iter: 1000);
}
