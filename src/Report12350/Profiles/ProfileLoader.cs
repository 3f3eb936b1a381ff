namespace Report12350.Profiles;

/// <summary>Reads a county's profile (县域配置) from its folder and refuses it whole if anything in it is wrong.</summary>
public static class ProfileLoader
{
    public static JurisdictionProfile Load(string folder) => throw new ProfileException([$"{folder}:0: not yet"]);
}
