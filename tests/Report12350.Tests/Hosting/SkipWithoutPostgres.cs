using System.Reflection;
using Report12350.Tests.Hosting;
using Xunit.v3;

[assembly: SkipWithoutPostgres]

namespace Report12350.Tests.Hosting;

/// <summary>Tests on PostgreSQL are skipped aloud where there is none; never in CI, which starts one.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SkipWithoutPostgresAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var asksForIt = test.TestCase.TestClass.Class.GetInterfaces()
            .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IClassFixture<>) && typeof(PostgresApplication).IsAssignableFrom(i.GetGenericArguments()[0]));
        if (asksForIt && PostgresApplication.ServerConnection is null && Environment.GetEnvironmentVariable("CI") is null)
            Assert.Skip("PostgreSQL is not there: REPORT12350_TEST_POSTGRES is not set. ./test.sh starts it.");
    }
}
