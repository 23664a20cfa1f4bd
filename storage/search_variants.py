"""Kanji that are one in a name, however the family writes it; NFKC keeps them apart.

Each group is written as its first character in what is searched. Only forms of one character
stand together, never two that a reader would take for different words.
"""

from __future__ import annotations

_GROUPS = """
高髙 崎﨑嵜㟢 斎斉齋齊 辺邊邉 浜濱濵 広廣 沢澤 桜櫻 国國 島嶋嶌 竜龍 真眞 恵惠 徳德
瀬瀨 曽曾 富冨 吉𠮷 芦蘆 薮藪 円圓 栄榮 条條 滝瀧 児兒 寿壽 実實 寛寬 弥彌 応應
戸戶 晋晉 暁曉 桧檜 横橫 歩步 清淸 渕淵 済濟 灯燈 為爲 狭狹 独獨 産產 礼禮 穂穗
総總 縄繩 緒緖 聡聰 豊豐 郷鄕鄉 鉄鐵 鎮鎭 関關 静靜 顕顯 鶏鷄 麺麵 黒黑 館舘 峰峯
槙槇 桑桒 野埜 松柗枩 昂昻 巌巖 尭堯 遥遙 荘莊 万萬 蔵藏 芸藝 衛衞 覚覺 譲讓 転轉
来來 亜亞 仏佛 仮假 伝傳 価價 両兩 勲勳 区區 参參 囲圍 団團 壱壹 学學 対對 将將
岳嶽 庁廳 弾彈 従從 恋戀 戦戰 拡擴 拠據 会會 楽樂 様樣 欧歐 帰歸 気氣 渋澁 湿濕
焼燒 状狀 当當 発發 尽盡 税稅 称稱 並竝 経經 絵繪 継繼 続續 声聲 脱脫 脳腦 台臺
与與 旧舊 号號 処處 証證 変變 予豫 売賣 辞辭 遅遲 隣鄰 酔醉 釈釋 鉱鑛 険險 雑雜
霊靈 余餘 駅驛 験驗 点點 党黨 歯齒 塩鹽 教敎 郎郞 緑綠 録錄 青靑 薫薰 巣巢 増增
涙淚 徴徵 毎每 桝枡 昇曻 煕熙凞
"""


def variants() -> dict[str, str]:
    """What each variant is written as."""
    return {
        variant: group[0]
        for group in _GROUPS.split()
        for variant in group[1:]
        if variant != group[0]
    }
