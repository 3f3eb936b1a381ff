using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Report12350.Staff;

namespace Report12350.Tests.Staff;

public sealed class PasswordRulesTests
{
    private static readonly PasswordRules Rules = new(breached: null);

    [Theory]
    [InlineData("12345678901234")]
    [InlineData("52013145201314")]
    [InlineData("woaini1314520")]
    [InlineData("WoAiNi-1314!!!")]
    [InlineData("１ｑａｚ２ｗｓｘ３ｅｄｃ")]
    [InlineData("qwertyuiopasdf")]
    [InlineData("poiuytrewq1234")]
    [InlineData("P@ssw0rd12350!")]
    [InlineData("passwordpassword")]
    [InlineData("haifeng12345678")]
    [InlineData("Haifeng@2026!!")]
    [InlineData("haifengxian516400")]
    [InlineData("zhangwei19900101")]
    [InlineData("1990-01-01 lina")]
    [InlineData("13800138000lina")]
    [InlineData("44152119900101123x")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("海丰县应急管理局2026年")]
    [InlineData("我爱你我爱你一生一世520")]
    public void What_is_guessed_first_is_refused(string password) => Rules.FaultOf(password).ShouldBe("staff.error.passwordCommon");

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("four plain words here")]
    [InlineData("lychee-ferry-lantern-12350")]
    [InlineData("tV9#kq2Lw!xZ")]
    [InlineData("荔枝渡口旧船票三张半夜雨")]
    public void A_few_unrelated_words_are_taken(string password) => Rules.FaultOf(password).ShouldBeNull();

    [Theory, InlineData("short", "staff.error.passwordShort"), InlineData("", "staff.error.passwordShort")]
    public void Length_comes_first(string password, string fault) => Rules.FaultOf(password).ShouldBe(fault);

    [Fact]
    public void Longer_than_anybody_types_is_refused() => Rules.FaultOf(new string('x', 201)).ShouldBe("staff.error.passwordLong");

    [Fact]
    public void Ones_own_name_makes_no_password()
    {
        Rules.FaultOf("ouyang.qiuling-88", "ouyang.qiuling", "欧阳秋菱").ShouldBe("staff.error.passwordCommon");
        Rules.FaultOf("ouyang.qiuling-88").ShouldBeNull();
    }

    [Fact]
    public void Sixteen_random_letters_are_practically_never_refused() =>
        Gen.Char['a', 'z'].Array[16].Sample(letters => Rules.FaultOf(new string(letters)) is null, iter: 2000, threads: 1);

    [Fact]
    public void A_larger_list_is_searched_where_it_lies()
    {
        var file = Path.GetTempFileName();
        try
        {
            string[] leaked = [.. Enumerable.Range(0, 997).Select(n => $"leaked phrase number {n}")];
            File.WriteAllLines(file, leaked.Select((one, n) => $"{Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(one)))}:{n * n}").Order(StringComparer.Ordinal));
            var list = new BreachedPasswords(file);

            leaked.ShouldAllBe(one => list.Contain(one));
            Enumerable.Range(0, 997).ShouldAllBe(n => !list.Contain($"unheard phrase number {n}"));
            new PasswordRules(list).FaultOf(leaked[500]).ShouldBe("staff.error.passwordBreached");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_that_is_no_such_list_stops_the_start()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "password\n123456\n");

        Should.Throw<InvalidOperationException>(() => new BreachedPasswords(file));
        Should.Throw<FileNotFoundException>(() => BreachedPasswords.From(file + ".nowhere"));
        BreachedPasswords.From("").ShouldBeNull();
        File.Delete(file);
    }
}
