; The installer for Windows, per user, without an administrator. In a pipeline:
;
;   iscc /DVersion=0.1.0 installer\windows\yorisoi.iss
;
; after `make build` (docs/RELEASING.md). The program goes to the user's own programs folder; what
; it keeps (cases, settings) lies elsewhere and stays when the program is removed or renewed.

#ifndef Version
  #error Say the version: iscc /DVersion=0.1.0 installer\windows\yorisoi.iss
#endif
#ifndef Source
  #define Source "..\..\dist\yorisoi"
#endif
#ifndef Out
  #define Out "..\..\dist"
#endif

[Setup]
; Never change it: by this Windows knows that a newer version replaces an older one.
AppId={{3C6F1F0B-8C5E-4C53-9C39-0E5B7C1B6A52}
AppName=よりそい
AppVersion={#Version}
AppPublisher=Yorisoi
VersionInfoVersion={#Version}
DefaultDirName={userpf}\Yorisoi
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\yorisoi.ico
UninstallDisplayIcon={app}\yorisoi.exe
OutputDir={#Out}
OutputBaseFilename=yorisoi-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; A running sidebar is asked to close: it writes what waits, then goes.
CloseApplications=yes
CloseApplicationsFilter=yorisoi.exe,yorisoi-cli.exe
RestartApplications=yes

[Languages]
Name: "japanese"; MessagesFile: "compiler:Languages\Japanese.isl"

[Tasks]
Name: "autostart"; Description: "Windows の起動時に、よりそいを開く"; Flags: unchecked
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not would stay behind and be imported.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{userprograms}\よりそい"; Filename: "{app}\yorisoi.exe"
Name: "{userdesktop}\よりそい"; Filename: "{app}\yorisoi.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "Yorisoi"; ValueData: """{app}\yorisoi.exe"""; Tasks: autostart; Flags: uninsdeletevalue

[Run]
Filename: "{app}\yorisoi.exe"; Description: "{cm:LaunchProgram,よりそい}"; Flags: nowait postinstall skipifsilent
