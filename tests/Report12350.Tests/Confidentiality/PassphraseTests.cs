using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class PassphraseTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    /// <summary>Made by another implementation of Argon2id: were the cost to change, every officer would be locked out.</summary>
    [Fact]
    public void The_cost_is_19_MiB_two_passes_one_lane() =>
        Convert.ToHexStringLower(Passphrase.DeriveKey("海丰12350口令", Salt))
            .ShouldBe("31f7245da375f64cb14a40455c73b8accd35da6586ef25e5a1faf35fb74b3c7f");

    [Fact]
    public void A_full_width_keyboard_types_the_same_password() =>
        Passphrase.DeriveKey("\uFF48\uFF4111", Salt).ShouldBe(Passphrase.DeriveKey("ha11", Salt));

    [Fact]
    public void Every_password_and_every_salt_gives_another_key()
    {
        byte[][] keys = [Passphrase.DeriveKey("one", Salt), Passphrase.DeriveKey("One", Salt), Passphrase.DeriveKey("one", Passphrase.NewSalt())];

        keys.Select(Convert.ToHexString).Distinct().Count().ShouldBe(3);
        Passphrase.NewSalt().ShouldNotBe(Passphrase.NewSalt());
    }
}
