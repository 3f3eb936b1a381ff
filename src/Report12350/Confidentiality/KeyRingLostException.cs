namespace Report12350.Confidentiality;

/// <summary>The key ring is gone, or is not the one this database was made with (密钥环不符). Nothing was made in its place.</summary>
public sealed class KeyRingLostException() : InvalidOperationException(
    """
    数据文件夹里没有这个数据库的密钥环（keys/keyring.json），程序没有启动，也没有改动任何数据。请把密钥环的备份放回原处，再启动。
    备份也没有的，见 docs/operations.md 的“The key ring is lost”。
    The key ring of this database (keys/keyring.json) is not in the data folder. The program did not start and changed nothing.
    Put the key ring's backup back in its place and start again. If there is no backup, see "The key ring is lost" in docs/operations.md.
    """);
