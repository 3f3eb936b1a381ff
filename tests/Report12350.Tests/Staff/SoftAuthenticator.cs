using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Report12350.Staff;

namespace Report12350.Tests.Staff;

/// <summary>A person's device, as the standard describes one: it keeps a key, counts its uses, and signs what the browser hands it.</summary>
internal sealed class SoftAuthenticator : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte WithKey = 0x40;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string owner = "";

    /// <summary>Where the browser says it is.</summary>
    public string Origin { get; set; } = "https://localhost";

    /// <summary>Whether the device asked for a finger, a face or its PIN.</summary>
    public bool Verifies { get; set; } = true;

    public uint Counter { get; set; }

    /// <summary>The answer when a passkey is to be made.</summary>
    public PasskeyAnswer Make(PasskeyQuestion question)
    {
        var asked = JsonDocument.Parse(question.Options).RootElement;
        owner = asked.GetProperty("user").GetProperty("id").GetString()!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Head(asked.GetProperty("rp").GetProperty("id").GetString()!, WithKey), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] made = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Answer(question, new { clientDataJSON = Text(Client(asked, "webauthn.create")), attestationObject = Text(made), transports = new[] { "internal" } });
    }

    /// <summary>The answer when the passkey is to be used.</summary>
    public PasskeyAnswer Use(PasskeyQuestion question)
    {
        var asked = JsonDocument.Parse(question.Options).RootElement;
        Counter++;
        var client = Client(asked, "webauthn.get");
        var data = Head(asked.GetProperty("rpId").GetString()!, flags: 0);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(question, new { clientDataJSON = Text(client), authenticatorData = Text(data), signature = Text(signature), userHandle = owner });
    }

    public void Dispose() => key.Dispose();

    private static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private PasskeyAnswer Answer(PasskeyQuestion question, object response) => new(
        JsonSerializer.Serialize(new { id = Text(id), rawId = Text(id), type = "public-key", response, clientExtensionResults = new { }, authenticatorAttachment = "platform" }), question.Kept);

    private byte[] Client(JsonElement asked, string type) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge = asked.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false }));

    private byte[] Head(string site, byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(site)), (byte)(flags | Present | (Verifies ? Verified : 0)), .. counter];
    }
}
