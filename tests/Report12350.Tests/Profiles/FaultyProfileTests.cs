using Report12350.Profiles;

namespace Report12350.Tests.Profiles;

public sealed class FaultyProfileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("profile").FullName;

    public FaultyProfileTests()
    {
        foreach (var file in Directory.GetFiles(HaifengProfile.Folder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("routing.yaml", "lead: xfjydd", "lead: xfjyd", "unknown department 'xfjyd' in 'lead'")]
    [InlineData("routing.yaml", "assist: [yjglj, gaj]", "assist: [yjglj, police]", "unknown department 'police' in 'assist'")]
    [InlineData("routing.yaml", "sectors: [gas]", "sectors: [gass]", "unknown sector 'gass' in 'sectors'")]
    [InlineData("routing.yaml", "kinds: [ConcealedAccident]", "kinds: [Concealed]", "must be one of GeneralHazard, MajorHazard, Violation, ConcealedAccident, not 'Concealed'")]
    [InlineData("routing.yaml", "- id: petrol-station", "- id: people-died", "duplicate id 'people-died'")]
    [InlineData("towns.yaml", "{id: meilong,", "{id: haicheng,", "duplicate id 'haicheng'")]
    [InlineData("towns.yaml", "name: 梅陇镇,", "name: '',", "'name' is empty")]
    [InlineData("departments.yaml", "confidence: likely", "confidence: sure", "'confidence' must be one of Confirmed, High, Likely, Inferred, Medium, Low, Unknown, not 'sure'")]
    [InlineData("sectors.yaml", "    group: gas", "    group: gaz", "unknown group 'gaz' in 'group'")]
    [InlineData("county.yaml", "hotline: '12350'", "hotlines: '12350'", "unknown key 'hotlines'")]
    [InlineData("county.yaml", "reexaminationBody: sw_yjj", "reexaminationBody: nobody", "unknown department 'nobody' in 'reexaminationBody'")]
    [InlineData("clocks.yaml", "verifyDays: {value: 60,", "verifyDays: {value: soon,", "'value' must be a whole number of 0 or more, not 'soon'")]
    [InlineData("clocks.yaml", "verifyDays: {value: 60,", "verifyDays: {value: 0,", "'value' must be 1 or more")]
    [InlineData("clocks.yaml", "effectiveFrom: 2021-09-01", "effectiveFrom: 2021-13-01", "'effectiveFrom' must be a date such as 2026-01-31, not '2021-13-01'")]
    [InlineData("clocks.yaml", "extensionApprover: {value: DepartmentLead,", "extensionApprover: {value: Cashier,", "Cashier works on no reports and can't approve an extension; one of Dispatcher, Officer, DepartmentLead, Supervisor can")]
    [InlineData("rewards.yaml", "cap: {value: 300000,", "cap: {value: -300000,", "'value' must be a number of 0 or more, not '-300000'")]
    [InlineData("rewards.yaml", "floor: {value: 3000,", "floor: {value: 300001,", "floor 300001 is above cap 300000")]
    [InlineData("rewards.yaml", "minFinalDeaths: 10,", "minFinalDeaths: 2,", "death tiers must rise")]
    [InlineData("rewards.yaml", "quorum: 3", "quorum: 7", "quorum 7 is above the 5 members")]
    [InlineData("calendar.yaml", "      - 2026-01-02", "      - 2027-01-02", "date outside 2026: '2027-01-02' in 'holidays'")]
    [InlineData("criteria.yaml", "no: '3(2)'", "no: '3(1)'", "duplicate id 'gongmao/3(1)'")]
    [InlineData("criteria.yaml", "- sector: gongmao", "- sector: factory", "unknown sector 'factory' in 'sector'")]
    [InlineData("retention.yaml", "staffLogMonths:", "staffLogMonth:", "unknown key 'staffLogMonth'")]
    [InlineData("uploads.yaml", "maxFiles: 20", "maxFiles: nine", "'maxFiles' must be a whole number of 0 or more, not 'nine'")]
    [InlineData("texts.yaml", "    en: I confirm", "    english: I confirm", "unknown key 'english'")]
    public void A_fault_is_named_with_its_file_and_line(string file, string text, string broken, string rule)
    {
        var line = Break(file, text, broken);

        Load().Errors.ShouldContain($"{file}:{line}: {rule}");
    }

    [Fact]
    public void A_table_without_a_catch_all_is_refused()
    {
        var line = Break("routing.yaml", "- id: catch-all", "- id: catch-all\n    sectors: [gas]");

        Load().Errors.ShouldContain(error => error.StartsWith("routing.yaml:") && error.Contains("no rule matches everything"), $"broken at {line}");
    }

    [Fact]
    public void Overlapping_dates_are_refused()
    {
        var path = Path.Combine(folder, "rewards.yaml");
        File.AppendAllText(path, "  - effectiveFrom: 2017-01-01\n    source: test\n    confidence: low\n    members: 5\n    quorum: 3\n    majorityOfVotes: 0.5\n");

        Load().Errors.Single().ShouldEndWith("dates overlap: 2017-01-01 does not come after 2018-01-04");
    }

    [Fact]
    public void A_missing_file_is_one_error()
    {
        File.Delete(Path.Combine(folder, "clocks.yaml"));

        Load().Message.ShouldBe("clocks.yaml:1: the file is missing");
    }

    [Fact]
    public void A_file_that_is_no_YAML_is_named_with_its_line()
    {
        var line = Break("county.yaml", "countyEn: Haifeng County", "countyEn: 'Haifeng County");

        Load().Errors.Single(error => error.StartsWith("county.yaml:")).ShouldContain("not readable as YAML", customMessage: $"broken at {line}");
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        Break("clocks.yaml", "verifyDays: {value: 60,", "verifyDays: {value: soon,");
        Break("county.yaml", "hotline: '12350'", "hotlines: '12350'");
        Break("uploads.yaml", "maxFiles: 20", "maxFiles: nine");

        Load().Errors.Count.ShouldBe(4, "the renamed key is both unknown and missing");
    }

    [Fact]
    public void A_shadowed_rule_is_a_warning_and_no_fault()
    {
        Break("routing.yaml", "- id: gas\n", "- id: gas-again\n    sectors: [gas]\n    lead: zjj\n    supervise: awb\n    source: test\n    confidence: low\n  - id: gas\n");

        ProfileLoader.Load(folder).Warnings.ShouldContain(text => text.EndsWith("rule 'gas' can never win: rule 'gas-again' takes all its reports"));
    }

    private ProfileException Load() => Should.Throw<ProfileException>(() => ProfileLoader.Load(folder));

    private int Break(string file, string text, string broken)
    {
        var path = Path.Combine(folder, file);
        var whole = File.ReadAllText(path);
        var at = whole.IndexOf(text, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"'{text}' in {file}");
        File.WriteAllText(path, whole[..at] + broken + whole[(at + text.Length)..]);
        return whole[..at].Count(letter => letter == '\n') + 1;
    }
}
